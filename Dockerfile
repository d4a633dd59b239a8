# One image for every program: `spiff serve`, `spiff worker`, `spiff catalogue apply …`. Settings come from the environment.
FROM node:20-bookworm-slim AS browser
WORKDIR /build/browser
COPY browser/package.json browser/package-lock.json browser/.npmrc ./
COPY browser/protocol/package.json protocol/
COPY browser/api/package.json api/
COPY browser/composer/package.json composer/
COPY browser/customiser/package.json customiser/
RUN npm ci --no-audit --no-fund
COPY browser ./
RUN npm run build

FROM python:3.11-slim-bookworm
# The GL libraries are loaded by skia even when it draws without a screen; sftp delivers print files.
# hadolint ignore=DL3008
RUN apt-get update \
  && apt-get install -y --no-install-recommends libegl1 libgl1 openssh-client \
  && rm -rf /var/lib/apt/lists/*
WORKDIR /opt/spiff
COPY requirements/runtime.txt requirements/build.txt requirements/
RUN pip install --no-cache-dir --require-hashes -r requirements/runtime.txt -r requirements/build.txt
COPY pyproject.toml README.md LICENSE ./
COPY src src
COPY --from=browser /build/src/spiff/web/static src/spiff/web/static
RUN pip install --no-cache-dir --no-build-isolation --no-deps . \
  && useradd --create-home --uid 10001 spiff
USER 10001
WORKDIR /home/spiff
EXPOSE 8600
CMD ["spiff", "serve", "--host", "0.0.0.0"]
