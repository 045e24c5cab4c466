/**
 * What partners do, and what must come of it: every case that a test has to prove. A test proves a case when its title, or that of a
 * `describe` around it, begins with the case's id. docs/contract-tests.md is made from this list and from a run of all tests.
 */

export interface ContractCase {
  readonly id: string;
  /** What is given, and what must come of it. */
  readonly text: string;
  /** Why the product does not meet it; then no test may claim it. */
  readonly why?: string;
}

export interface ContractSection {
  readonly title: string;
  readonly cases: readonly ContractCase[];
}

export const CONTRACT: readonly ContractSection[] = [
  {
    title: 'LiveRamp: files that its ingestion takes or refuses',
    cases: [
      { id: 'LR-01', text: 'A gzipped file of 25 rows or more in the right folder is taken in, with the rows of its manifest.' },
      { id: 'LR-02', text: 'A file of 24 rows is refused, so none is sent.' },
      { id: 'LR-03', text: 'A header that changed pauses the audience, and good files wait behind it: headers stay the same.' },
      { id: 'LR-04', text: 'Two columns of one name pause the audience: no such layout can be made.' },
      { id: 'LR-05', text: 'A row with a column too many or too few is refused, by its line.' },
      { id: 'LR-06', text: 'A delimiter that is not quoted, or an odd number of quotes, is refused.' },
      { id: 'LR-07', text: 'A byte order mark or CRLF is refused.' },
      {
        id: 'LR-08',
        text: 'A name with a space, a colon, a leading underscore, other letters than ASCII, 251 characters or no extension is refused.',
      },
      { id: 'LR-09', text: 'A gzip file that lacks a byte, or is none, is refused as damaged and never read as a shorter one.' },
      { id: 'LR-10', text: 'An address outside an audience of TV devices, or without a TV device beside it, matches nobody.' },
      { id: 'LR-11', text: 'Ids in the wrong case, ids of all zeros and hashed ids are counted as invalid.' },
      { id: 'LR-12', text: 'E-mail addresses beside device ids in one file are refused.' },
      { id: 'LR-13', text: '501 segments, 5,001 pairs of field and value, or a row that is too long are each refused.' },
      { id: 'LR-14', text: 'Of a name that is uploaded twice, the second file counts, once.' },
      {
        id: 'LR-15',
        text: 'A wrong login, another host key, a missing folder, a full disk, a broken connection, a short store or a failed close is a failed upload, with nothing under the final name.',
      },
      { id: 'LR-16', text: 'Removing the upload folder, or writing outside the home, is refused as a matter of permission.' },
      {
        id: 'LR-17',
        text: 'The deletion API: a new device is taken, a known one told as such; a missing organisation, a bad type and an expired token are told apart, and the token is renewed once.',
      },
      {
        id: 'LR-18',
        text: 'A batch of the Activation API of which one part is not found is told as a partial success.',
        why: "LiveRamp's Activation API takes segments that are at LiveRamp already, and no lists of devices. Audiences go there as files, so Aquarius never calls it.",
      },
    ],
  },
  {
    title: 'The Trade Desk',
    cases: [
      { id: 'TD-01', text: 'A signed call with members is taken.' },
      { id: 'TD-02', text: 'A signature over other bytes than were sent is refused: the very bytes of the body are signed.' },
      { id: 'TD-03', text: "A token that is missing or unknown, and one of another advertiser's, are told apart." },
      { id: 'TD-04', text: 'An item with two ids, or none, is refused by its number; the others of its call are stored.' },
      { id: 'TD-05', text: 'A device id of zeros, or one of 35 characters, is refused alone.' },
      { id: 'TD-06', text: 'A segment name of 257 characters, a lifetime of more than 180 days or a negative one is refused.' },
      { id: 'TD-07', text: 'A lifetime of 0 takes a stored member out of the segment.' },
      { id: 'TD-08', text: 'Without a lifetime a member stays for 90 days.' },
      { id: 'TD-09', text: 'A field that the partner does not know is refused.' },
      { id: 'TD-10', text: 'A call that is too large is sent again in halves.' },
      { id: 'TD-11', text: 'Never more than four calls at once; a fifth is told to wait, and the wait is kept.' },
      { id: 'TD-12', text: 'Unavailable twice, then well: three attempts in all.' },
      { id: 'TD-13', text: 'A server error in plain text under an HTML type is a typed error.' },
      { id: 'TD-14', text: 'A call that was stored and whose answer is lost is made again, and the segment is the same.' },
      { id: 'TD-15', text: 'An answer that takes too long is a timeout, and tried again as long as there is time.' },
      { id: 'TD-16', text: 'A body that cannot be read is refused and not tried again.' },
      { id: 'TD-17', text: 'A base price that the account may not set is refused, and told so.' },
      { id: 'TD-18', text: 'Private addresses, wrong ranges and addresses of the EU are refused, each by its reason.' },
      { id: 'TD-19', text: 'Whoever opted out is never sent again, whatever the partner would take.' },
      { id: 'TD-20', text: "The partner's limit on data stops the advertiser's run; nothing is tried again and again." },
    ],
  },
  {
    title: 'Meta Custom Audiences',
    cases: [
      { id: 'FB-01', text: 'An audience is made; without the source of its data it is refused.' },
      { id: 'FB-02', text: '10,000 device ids in one call are taken, and all counted.' },
      { id: 'FB-03', text: '10,001 in one call are refused.' },
      { id: 'FB-04', text: '25,001 ids go in three batches of one session, numbered, and only the last says that it is.' },
      { id: 'FB-05', text: 'A gap or a repetition in the numbers ends the session; all of it is sent again under another one.' },
      { id: 'FB-06', text: 'Ids that the partner counts as invalid make the receipt a partial one.' },
      { id: 'FB-07', text: 'An expired token, under either status, is a matter of configuration and not tried again.' },
      { id: 'FB-08', text: 'The wait that the usage header asks for is kept, and the same batch goes on.' },
      { id: 'FB-09', text: 'A passing failure twice, then well: three attempts in all.' },
      { id: 'FB-10', text: 'A large body that is refused with a page of HTML is sent again in smaller batches.' },
      { id: 'FB-11', text: 'An audience that the partner has blocked fails alone; others go on.' },
      { id: 'FB-12', text: 'A batch that was stored and whose answer is lost is sent again under its number, and counts once.' },
      { id: 'FB-13', text: 'Members to remove are in the body of the call, never in its address.' },
      { id: 'FB-14', text: 'Replacing all members while another session is open is an error; the two never mix.' },
      { id: 'FB-15', text: 'Processing options must have the length of the rows; limited data use is stored as it was sent.' },
      { id: 'FB-16', text: 'A wrong proof of the app secret is refused.' },
    ],
  },
  {
    title: 'Xandr',
    cases: [
      { id: 'XN-01', text: 'A login gives a token; a bad one is told by the body, under status 401 as under 200.' },
      { id: 'XN-02', text: 'Eleven logins in five minutes are too many: one token is used for all calls.' },
      { id: 'XN-03', text: 'A token that has expired is told inside status 200; one new login, and the call goes on.' },
      { id: 'XN-04', text: 'Anything but OK inside status 200 is a failure.' },
      { id: 'XN-05', text: 'A job gives an address to upload to, which is good for five minutes.' },
      { id: 'XN-06', text: 'An upload as a form is refused, as bytes it is taken.' },
      { id: 'XN-07', text: 'An upload address is good once.' },
      { id: 'XN-08', text: 'A file of more than half a gigabyte is refused; it is split before.' },
      { id: 'XN-09', text: 'A second upload within a minute is told to wait, and waits.' },
      { id: 'XN-10', text: 'Once the lines of an hour are used up, the rest goes in the next one.' },
      { id: 'XN-11', text: 'A job is asked until it is complete; users that were not valid make the receipt a partial one.' },
      { id: 'XN-12', text: 'Times in milliseconds are counted as invalid: seconds are written.' },
      { id: 'XN-13', text: 'A pipe as a separator is refused when the settings are read.' },
      { id: 'XN-14', text: 'A lifetime of -1 removes, 0 is 180 days, and more than 180 days are refused before any upload.' },
      { id: 'XN-15', text: "Waits are kept that are asked for by status 429, and by 503 with the partner's own header." },
      { id: 'XN-16', text: '1,801 segments in one line are counted as malformed.' },
      { id: 'XN-17', text: 'A job that is still at work after a day is a timeout, and no success.' },
      { id: 'XN-18', text: 'An id above 2^53 comes back as it was sent.' },
    ],
  },
  {
    title: 'Files for any partner',
    cases: [
      { id: 'PM-01', text: 'Data, manifest and done marker, in that order, are taken.' },
      { id: 'PM-02', text: 'A done marker before its data waits for it, and is told when it waits too long.' },
      { id: 'PM-03', text: 'Other rows than the manifest says are refused.' },
      { id: 'PM-04', text: 'Another SHA-256 than the manifest says is refused.' },
      { id: 'PM-05', text: 'A file never has its final name with fewer bytes than the manifest says.' },
      { id: 'PM-06', text: 'A row of a type that the partner does not take is refused and counted.' },
      { id: 'PM-07', text: 'A delimiter inside the name of a segment is quoted, and reads back as it was.' },
      { id: 'PM-08', text: 'The same run twice gives the same bytes, and no second delivery.' },
      { id: 'PM-09', text: 'Replacing an audience with nobody is refused unless that is allowed.' },
      { id: 'PM-10', text: 'Fewer rows than the partner needs are skipped, with the reason.' },
      { id: 'PM-11', text: 'A key that exists in S3 counts as delivered only when its checksum is the same.' },
      { id: 'PM-12', text: 'A PGP key that has expired is found before anything is uploaded.' },
    ],
  },
  {
    title: 'SFTP servers',
    cases: [
      { id: 'SF-01', text: 'A host key that is not pinned: refused before the login, and no password is sent.' },
      { id: 'SF-02', text: 'The old and the new key are pinned: a server with either is connected to.' },
      { id: 'SF-03', text: 'A wrong key or password: one attempt, and a matter of configuration.' },
      { id: 'SF-04', text: 'The connection breaks at 60 %: the next attempt delivers the same bytes.' },
      { id: 'SF-05', text: 'The server stores 102,000 bytes and acknowledges all: found by the size.' },
      { id: 'SF-06', text: 'One block is stored as zeros: found by reading back.' },
      { id: 'SF-07', text: 'The close fails: so does the upload.' },
      { id: 'SF-08', text: 'Another file has the name: it is not overwritten, and the error says so.' },
      { id: 'SF-09', text: 'The rename is done and its answer lost: the next attempt finds the file and sends nothing.' },
      { id: 'SF-10', text: 'Without the extension posix-rename, the plain rename is used.' },
      { id: 'SF-11', text: 'A missing folder or permission: a matter of configuration, not tried again.' },
      { id: 'SF-12', text: 'The disk is full half-way: the unfinished file goes, and it is tried later.' },
      { id: 'SF-13', text: 'The server is silent and does not close: it is given up.' },
      { id: 'SF-14', text: 'The file is collected right after its rename: accepted only where that is set.' },
      { id: 'SF-15', text: 'A file larger than 32 bits can count arrives to its last byte.' },
      { id: 'SF-16', text: 'A server that refuses to seek still gets the whole file.' },
      { id: 'SF-17', text: 'Two workers and one file: one sends it.' },
    ],
  },
  {
    title: 'S3 and stores that speak it',
    cases: [
      { id: 'S3-01', text: 'A new key is written on the condition that it is new; a second time is refused.' },
      { id: 'S3-02', text: 'A key that exists with the same SHA-256 is staged already; with another one it is a conflict.' },
      { id: 'S3-03', text: 'A conflict on completion makes a new multipart upload.' },
      { id: 'S3-04', text: 'Asked twice to slow down: three attempts with pauses.' },
      { id: 'S3-05', text: 'One part fails: only that one is sent again.' },
      { id: 'S3-06', text: 'A store that does not know the checksum header: the message names the setting.' },
      { id: 'S3-07', text: 'Bytes damaged on the way: read from the file and sent again.' },
      { id: 'S3-08', text: 'A key of KMS that may not be used: not tried again, and the error can be read.' },
      { id: 'S3-09', text: 'A clock that is wrong: told so, and not tried blindly.' },
      { id: 'S3-10', text: 'A crash between creating and completing an upload: the sweep aborts it.' },
      { id: 'S3-11', text: 'A part below 5 MiB that is not the last is refused by the store.' },
      { id: 'S3-12', text: 'A completion answered 200 with an error inside is a failure.' },
      { id: 'S3-13', text: 'A key above 1,024 bytes and a bucket with capitals are refused before anything is sent.' },
      { id: 'S3-14', text: 'Credentials that have expired are fetched again, once.' },
    ],
  },
  {
    title: 'Identifiers and privacy',
    cases: [
      {
        id: 'ID-01',
        text: 'Capitals, braces and missing hyphens are one id; a digit too few or too many and other signs are none.',
      },
      { id: 'ID-02', text: 'The id of zeros is dropped raw and under each of its hashes.' },
      { id: 'ID-03', text: 'One stored id is upper case for LiveRamp and lower case for Meta.' },
      { id: 'ID-04', text: 'Short, padded, private, shared, documentation, mapped and scoped addresses each have their result.' },
      {
        id: 'ID-05',
        text: 'Two IPv6 addresses of one /64 are one household.',
        why: 'Households are those of the household tables of the warehouse. None is made from an address: it would be a guess that nobody could look up.',
      },
      { id: 'ID-06', text: 'The us_privacy signal: opted out is out, not opted out is in, and what cannot be read is out.' },
      { id: 'ID-07', text: 'The GPP signal: an opt-out of sharing or Gpc is out; an unknown section is as the policy says.' },
      { id: 'ID-08', text: "California's DROP: the published hash matches its device, that of the form with hyphens does not." },
      { id: 'ID-09', text: 'Whoever is suppressed is in no file and no call, to whichever partner.' },
      { id: 'ID-10', text: 'Whoever opts out between the plan and the sending is taken out before it is sent, and it is told.' },
      { id: 'ID-11', text: 'A segment below the minimum is skipped, and the reason is kept.' },
      { id: 'ID-12', text: 'Places of a category that is denied: the plan refuses the audience.' },
      {
        id: 'ID-13',
        text: "California's DROP API: waits, conflicts and limits are kept to; a second upload of one answer is taken as done.",
      },
      {
        id: 'ID-14',
        text: 'The UID2 map: an opt-out suppresses, and the previous id counts for 90 days only.',
        why: 'UID2s are mapped from e-mail addresses and telephone numbers, which are not in the warehouse. Those that are there are sent as they are.',
      },
      { id: 'ID-15', text: 'Identifiers are never in a log, an error or a manifest: every output is searched.' },
    ],
  },
];
