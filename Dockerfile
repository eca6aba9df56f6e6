# licit as a container: built from this folder alone, run as nobody in particular, with nothing to write but its data.
#
#   docker build -t licit .
#   docker run --read-only --tmpfs /tmp --cap-drop ALL --security-opt no-new-privileges \
#     -v licit-data:/data -p 127.0.0.1:8711:8711 licit
#
# docs/for/operator.md says how to make a first key, update lists, back up.
FROM rust:1.94-slim-bookworm AS build
WORKDIR /src
COPY . .
RUN cargo build --release --locked -p licit --bin licit && strip target/release/licit

FROM debian:bookworm-slim
RUN apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --no-create-home --uid 10001 --home-dir /data --shell /usr/sbin/nologin licit \
 && install -d -o licit -g licit -m 0700 /data
COPY --from=build /src/target/release/licit /usr/local/bin/licit
USER 10001
ENV LICIT_DATA=/data
VOLUME /data
EXPOSE 8711
# Finishes what it has begun when it is stopped, for 35 seconds at most: give it 40.
STOPSIGNAL SIGTERM
ENTRYPOINT ["licit"]
CMD ["serve", "--listen", "0.0.0.0:8711", "--log", "json", "--recheck"]
