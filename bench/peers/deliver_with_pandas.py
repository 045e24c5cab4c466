"""What a team would write with pandas, boto3 and paramiko: rows of an export, cleaned, one for each device, packed, to S3, to SFTP."""

import gzip
import os
import shutil
import sys

import boto3
import pandas
import paramiko

export, packed, segment, endpoint, bucket, key, host, port, user, private_key, folder = sys.argv[1:12]

rows = pandas.read_csv(export, dtype={"DEVICE_ID_RAW": str, "DEVICE_TYPE": str}, parse_dates=["AUCTION_TIMESTAMP"])
bare = rows["DEVICE_ID_RAW"].str.strip().str.strip("{}").str.replace("-", "", regex=False).str.lower()
rows = rows[bare.str.fullmatch("[0-9a-f]{32}", na=False)]
bare = bare[rows.index]
rows["DEVICE_ID"] = bare.str[:8] + "-" + bare.str[8:12] + "-" + bare.str[12:16] + "-" + bare.str[16:20] + "-" + bare.str[20:]
rows = rows.sort_values("AUCTION_TIMESTAMP").drop_duplicates(["DEVICE_ID", "DEVICE_TYPE"], keep="last")
rows["SEGMENT_ID"] = segment
rows["TIMESTAMP"] = rows["AUCTION_TIMESTAMP"].dt.strftime("%Y-%m-%dT%H:%M:%SZ")
plain = packed.removesuffix(".gz")
rows[["DEVICE_ID", "DEVICE_TYPE", "SEGMENT_ID", "TIMESTAMP"]].to_csv(plain, sep="|", index=False)
with open(plain, "rb") as source, gzip.open(packed, "wb", compresslevel=1) as target:
    shutil.copyfileobj(source, target, 1 << 20)

boto3.client("s3", endpoint_url=endpoint, region_name="us-east-1").upload_file(packed, bucket, key)

client = paramiko.SSHClient()
client.set_missing_host_key_policy(paramiko.AutoAddPolicy())
client.connect(host, int(port), user, key_filename=private_key, look_for_keys=False, allow_agent=False)
sftp = client.open_sftp()
sftp.put(packed, f"{folder}/{os.path.basename(packed)}")
client.close()
