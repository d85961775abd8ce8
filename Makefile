# Everything a person needs, by name: `make help`.
PYTHON ?= python3
VENV   ?= .venv
INBOX  ?= data/raw
DB     ?= data/structured/catalogue.db
ARGS   ?=

BIN   := $(VENV)/bin
KAOHE := $(BIN)/kaohe
# With a folder wheels/ (see `make wheels`) nothing is fetched: the folder can be carried to a machine without a network.
OFFLINE := $(if $(wildcard wheels),--no-index --find-links wheels)
PIP   := $(BIN)/python -m pip install --quiet --disable-pip-version-check $(OFFLINE)

.PHONY: help setup setup-ocr ingest watch test lint format lock wheels clean

help: ## 列出所有命令
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

setup: $(VENV)/.ready ## 准备运行环境（第一次会自动进行）

$(VENV)/.python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo '需要 Python 3.11 或更高版本；请安装后重试，或用 make PYTHON=路径 指定' >&2; exit 2; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.ready: requirements.lock pyproject.toml | $(VENV)/.python
	@echo '正在准备运行环境，第一次约需一两分钟……' >&2
	$(PIP) --require-hashes -r requirements.lock
	$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.ready-dev: requirements-dev.lock $(VENV)/.ready
	$(PIP) --require-hashes -r requirements-dev.lock
	@touch $@

setup-ocr: $(VENV)/.ready ## 装上文字识别，扫描件和照片需要（要联网）
	$(PIP) --require-hashes -r requirements-ocr.lock

ingest: $(VENV)/.ready ## 读入 data/raw 里的通知（INBOX=文件夹 DB=数据库 可改）
	$(KAOHE) ingest "$(INBOX)" --db "$(DB)" $(ARGS)

watch: $(VENV)/.ready ## 看守 data/raw，放进文件就自动读入，按 Ctrl-C 停（INBOX= DB= 可改）
	@exec $(KAOHE) watch "$(INBOX)" --db "$(DB)" $(ARGS)

test: $(VENV)/.ready-dev ## 运行全部测试
	$(BIN)/python -m pytest -n auto $(ARGS)

lint: $(VENV)/.ready-dev ## 检查代码的写法、格式和类型
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(VENV)/.ready-dev ## 整理代码格式
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: ## 重新生成依赖锁定文件（开发者用，需要 uv）
	tools/lock.sh

wheels: $(VENV)/.ready ## 下载全部安装包到 wheels/，供没有网络的电脑安装
	$(BIN)/python -m pip wheel --quiet --wheel-dir wheels setuptools -r requirements.lock

clean: ## 删除可以重新生成的文件（不动 data/raw 和 data/decisions）
	rm -rf data/structured/*.db data/structured/*.db-wal data/structured/*.db-shm data/structured/receipts build *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -not -path './$(VENV)/*' -prune -exec rm -rf {} +
