# Pressroom in a container: no root, and books are built without a network.
#
#   docker build --tag pressroom .
#   docker run --rm --network none --user "$(id -u):$(id -g)" --volume "$PWD:/book" pressroom build
FROM python:3.13-slim-bookworm

RUN apt-get update \
 && apt-get install --yes --no-install-recommends \
      libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-core \
 && rm -rf /var/lib/apt/lists/*

COPY . /source
RUN pip install --no-cache-dir --require-hashes --requirement /source/requirements/run.txt \
 && pip install --no-cache-dir "/source[heic]" \
 && rm -rf /source

RUN useradd --create-home reader
USER reader
ENV HOME=/tmp PYTHONDONTWRITEBYTECODE=1
WORKDIR /book
ENTRYPOINT ["pressroom"]
CMD ["build"]
