# Aquarius in a container: docker build -t aquarius .
# How to run it: docs/operations.md, "Containers".

FROM node:24-trixie-slim AS build
WORKDIR /opt/aquarius
COPY package.json package-lock.json .npmrc tsconfig.json ./
# The Node that the program runs on, and DuckDB for this processor, are among the packages. None has an install script that runs.
RUN npm ci --omit=dev
# What no process reads: headers and manuals of Node, types, source maps.
RUN rm -rf node_modules/node-linux-*/include node_modules/node-linux-*/share \
  && find node_modules -type f \( -name '*.d.ts' -o -name '*.d.mts' -o -name '*.d.cts' -o -name '*.map' \) -delete
COPY bin bin
COPY src src
COPY web web
COPY deploy/healthcheck.mjs deploy/healthcheck.mjs
# The pages, which no container could build where the program lies: that is read only.
RUN node src/serve/web/build-web.ts
# Whatever the umask of the checkout was, the user below can read it; nobody but root can write it.
RUN chmod -R a+rX,go-w .

# The C library and libstdc++ of Debian are all that Node and DuckDB need. Certificates and time zones are in Node itself.
FROM debian:trixie-slim
LABEL org.opencontainers.image.title="Aquarius" \
      org.opencontainers.image.description="Audience delivery: from an ad-exposure warehouse to a partner's server"
# A number of its own, the same in every image, so that volumes keep their owner. Folders for volumes belong to it.
RUN groupadd --gid 10001 aquarius \
  && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /data --shell /usr/sbin/nologin aquarius \
  && install -d -o 10001 -g 10001 -m 0700 /data /data/stage
COPY --from=build /opt/aquarius /opt/aquarius
# The compile cache is for starting faster. It must not lie where the program does, which is read only; without it, all works.
ENV PATH=/opt/aquarius/bin:/usr/local/bin:/usr/bin:/bin \
    AQUARIUS_HOME=/data \
    NODE_COMPILE_CACHE=/tmp/aquarius-compile-cache \
    NODE_ENV=production
USER 10001:10001
WORKDIR /data
EXPOSE 4780
STOPSIGNAL SIGTERM
# No init is needed: the program starts no other processes, and bin/aquarius becomes the program, which ends on SIGTERM by itself.
ENTRYPOINT ["/opt/aquarius/bin/aquarius"]
CMD ["serve", "--host", "0.0.0.0"]
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 \
  CMD ["/opt/aquarius/node_modules/.bin/node", "/opt/aquarius/deploy/healthcheck.mjs"]
