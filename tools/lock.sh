#!/usr/bin/env bash
# Writes the lock files anew from pyproject.toml: every version pinned, every file hashed, no registry named.
set -euo pipefail
cd "$(dirname "$0")/.."
lock() {
  uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate \
    pyproject.toml "$@"
}
lock --output-file requirements.lock
lock --extra dev --constraint requirements.lock --output-file requirements-dev.lock
lock --extra ocr --constraint requirements-dev.lock --output-file requirements-ocr.lock
lock --extra bench --extra ocr --constraint requirements-dev.lock --output-file requirements-bench.lock
lock --extra cluster --constraint requirements-dev.lock --output-file requirements-cluster.lock
lock --extra parquet --constraint requirements-dev.lock --output-file requirements-parquet.lock
lock --extra docs --constraint requirements-dev.lock --output-file requirements-docs.lock
