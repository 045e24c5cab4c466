#!/bin/sh
# Writes the secrets of compose.yaml into ./secrets, each one that is not there yet. Run it beside compose.yaml, as root, so that the
# files can be given to the user of the containers.
set -eu
umask 077
mkdir -p secrets
chmod 755 secrets
random() { od -An -N24 -tx1 /dev/urandom | tr -d ' \n'; }
make() { [ -s "secrets/$1" ] || cat > "secrets/$1"; }
random | make postgres_password
printf 'postgres://aquarius:%s@postgres:5432/aquarius' "$(cat secrets/postgres_password)" | make database_url
random | make aquarius_token
random | make s3_user
random | make s3_password
[ -s secrets/liveramp_key ] || echo "secrets/liveramp_key is missing: put the private key for the partner there" >&2
for name in database_url aquarius_token s3_user s3_password liveramp_key; do
  if [ -e "secrets/$name" ]; then chown 10001:10001 "secrets/$name"; fi
done
