# smtpmodel and nothing else, as scripts/publish makes it:
#   scripts/publish linux-x64 && docker build -t smtpmodel . && docker run --rm --network host -v "$PWD:/work" smtpmodel test HOST:PORT
# podman takes the same words. For another processor: scripts/publish linux-arm64, and --build-arg RID=linux-arm64.
ARG BASE=debian:13-slim
# any base will do that has glibc, libstdc++ and, for TLS, OpenSSL 3; this one is run as nobody
FROM ${BASE}
ARG RID=linux-x64
COPY --chmod=755 artifacts/bin/smtpmodel-*-${RID} /usr/local/bin/smtpmodel
USER 65534:65534
WORKDIR /work
ENTRYPOINT ["/usr/local/bin/smtpmodel"]
