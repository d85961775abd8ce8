# Everything a person needs, by name: `make help`.
PYTHON ?= python3
VENV   ?= .venv
INBOX  ?= data/raw
DB     ?= data/structured/catalogue.db
ARGS   ?=
export INBOX DB

BIN   := $(VENV)/bin
# Not the script that pip makes of it: its first line holds the path, in which a quote or a dollar would mean something else.
KAOHE := $(BIN)/python -P -m kaohe
# With a folder wheels/ (see `make wheels`) nothing is fetched: the folder can be carried to a machine without a network.
OFFLINE := $(if $(wildcard wheels),--no-index --find-links wheels)
PIP   := $(BIN)/python -m pip install -qq --disable-pip-version-check $(OFFLINE)

# The programs of an environment hold its address: in a folder that was moved they do not run. What read scans there is set up again too, else
# the next run would read them anew and find nothing.
ifneq ($(filter-out $(CURDIR),$(shell cat $(VENV)/.python 2>/dev/null)),)
$(info 这个文件夹移动过或改过名，正在重新准备运行环境（数据不动）……)
$(shell if ls -d $(VENV)/lib/python*/site-packages/rapidocr >/dev/null 2>&1; then rm -rf $(VENV); mkdir $(VENV); touch $(VENV)/.ocr; else rm -rf $(VENV); fi)
endif

.PHONY: bundle wine nox desk docs findings help setup setup-ocr ingest watch doctor check fuzz kills serve test lint format lock wheels clean bench bench-many

help: ## 列出所有命令
	@echo '常用：'
	@grep -hE '^[a-z-]+:.*##\* ' $(MAKEFILE_LIST) | sed -E 's/:.*##\* /\t/' | expand -t 14 | sed 's/^/  make /'
	@echo; echo '管理和开发者用：'
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14 | sed 's/^/  make /'

setup: $(VENV)/.ready ## 准备运行环境（第一次会自动进行）

$(VENV)/.python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo '需要 Python 3.11 或更高版本；请安装后重试，或用 make PYTHON=路径 指定' >&2; exit 2; }
	@$(PYTHON) -m venv $(VENV)
	@pwd -P > $@

$(VENV)/.ready: requirements.lock pyproject.toml | $(VENV)/.python
	@echo '正在准备运行环境，第一次约需一两分钟……' >&2
	@if test -e $(VENV)/.ocr; then $(PIP) --require-hashes -r requirements-ocr.lock; else $(PIP) --require-hashes -r requirements.lock; fi
	@$(PIP) --no-deps --no-build-isolation -e . 2>$(VENV)/install.log || { cat $(VENV)/install.log >&2; exit 1; }
	@touch $@

$(VENV)/.ready-dev: requirements-dev.lock $(VENV)/.ready
	$(PIP) --require-hashes -r requirements-dev.lock
	@touch $@

ingest: $(VENV)/.ready ##* 读入 data/raw 里的通知（INBOX=文件夹 DB=数据库 可改）
	@$(KAOHE) ingest "$$INBOX" --db "$$DB" $(ARGS)

findings: $(VENV)/.ready ##* 列出要核对的地方
	@$(KAOHE) findings --db "$$DB" $(ARGS)

watch: $(VENV)/.ready ##* 看守 data/raw，放进文件就自动读入，按 Ctrl-C 停（INBOX= DB= 可改）
	@exec $(KAOHE) watch "$$INBOX" --db "$$DB" $(ARGS)

doctor: $(VENV)/.ready ##* 检查这台电脑能不能正常读入，说明怎么办
	@$(KAOHE) doctor "$$INBOX" --db "$$DB"

setup-ocr: $(VENV)/.ready ##* 装上文字识别，扫描件和照片需要（要联网，或有 wheels 文件夹）
	@echo '正在安装文字识别，$(if $(OFFLINE),用文件夹 wheels 里的安装包,约需下载 150 MB)……' >&2
	@$(PIP) --require-hashes -r requirements-ocr.lock || { $(if $(OFFLINE),echo '文件夹 wheels 里没有文字识别的安装包：请在能上网的电脑上运行 make wheels OCR=1，再把 wheels 拷过来',echo '没有装上：请看上面的原因；多半是没有网络') >&2; exit 1; }
	@echo '文字识别已装好：扫描件和照片现在能读了。之前没有读出的，再运行一次 make ingest 就会重读。' >&2

check: $(VENV)/.ready ## 核查数据库是否完好
	@$(KAOHE) check --db "$$DB"

fuzz: $(VENV)/.ready-dev ## 用 N 个损坏的文件考验程序（开发者用，默认 20000 个，JOBS=同时几个）
	$(BIN)/python -m tools.fuzz --count $(or $(N),20000) $(if $(JOBS),--jobs $(JOBS)) $(ARGS)

kills: $(VENV)/.ready-dev ## 在各种写入的任意时刻强行终止 N 次，由程序下一次运行来看是否完好（开发者用，默认 100 次，JOBS=同时几个）
	$(BIN)/python -m tools.kills --count $(or $(N),100) $(if $(JOBS),--jobs $(JOBS)) $(ARGS)
	$(BIN)/python -m tools.desk_kills $(or $(N),100)

desk: $(VENV)/.ready ##* 打开办公桌面（网页）：放入、核对、更正、签字、打印（ARGS='--port 9000' 换端口）
	@exec $(KAOHE) desk "$$INBOX" --db "$$DB" $(ARGS)

serve: $(VENV)/.ready ## 在浏览器里查看和查询（只读，只限本机；ARGS='--port 9000' 换端口）
	$(KAOHE) serve --db "$$DB" $(ARGS)

test: $(VENV)/.ready-dev ## 运行全部测试
	$(BIN)/python -m pytest -n auto $(ARGS)

nox: $(VENV)/.ready-dev ## 在这台电脑上有的每个 Python（3.11 到 3.14）上运行检查和测试（ARGS='-s tests-3.12 -- tests/normalizers' 只运行一部分；开发者用）
	$(BIN)/python -m nox $(ARGS)

lint: $(VENV)/.ready-dev ## 检查代码的写法、格式和类型
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(VENV)/.ready-dev ## 整理代码格式
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

$(VENV)-docs/.ready: requirements-docs.lock
	$(PYTHON) -m venv $(VENV)-docs
	$(VENV)-docs/bin/python -m pip install -qq --disable-pip-version-check $(OFFLINE) --require-hashes -r requirements-docs.lock
	@touch $@

docs: $(VENV)-docs/.ready ## 做出文档网站 build/site/index.html（不联网也能看；有断了的链接就不做）
	$(VENV)-docs/bin/mkdocs build  # with --quiet it would count no dead links

$(VENV)-bench/.ready: requirements-bench.lock
	$(PYTHON) -m venv $(VENV)-bench
	$(VENV)-bench/bin/python -m pip install -qq --disable-pip-version-check $(OFFLINE) --require-hashes -r requirements-bench.lock
	@touch $@

bench: $(VENV)-bench/.ready ## 测量速度，写入 docs/performance.md（ARGS=--quick 只量小的，ARGS=--long 多量几遍）
	PYTHONPATH=src $(VENV)-bench/bin/python -m bench $(ARGS)

bench-many: $(VENV)-bench/.ready ## 存入 20000 份通知，看时间和大小怎样增长（N=份数；约一刻钟，开发者用）
	PYTHONPATH=src $(VENV)-bench/bin/python -m bench.many --notices $(or $(N),20000) $(ARGS)

lock: ## 重新生成依赖锁定文件（开发者用，需要 uv）
	tools/lock.sh

wheels: $(VENV)/.ready ## 下载全部安装包到 wheels/，供没有网络的电脑安装（OCR=1 连文字识别）
	$(BIN)/python -m pip download --quiet --disable-pip-version-check --dest wheels --require-hashes -r requirements$(if $(OCR),-ocr).lock
	$(BIN)/python -m pip download --quiet --disable-pip-version-check --dest wheels setuptools wheel

bundle: $(VENV)/.ready-dev ## 做出给办公电脑用的文件夹（PLATFORM=win_amd64、linux_x86_64 或 linux_aarch64；开发者用，需要 uv）
	$(BIN)/python -m tools.bundle $(or $(PLATFORM),win_amd64) $(ARGS)

wine: $(VENV)/.ready-dev ## 用 Wine 试运行给 Windows 用的文件夹（开发者用）
	$(BIN)/python -m tools.bundle.wine_check $(lastword $(sort $(wildcard dist/kaohe-*-win_amd64.zip)))

# Not the catalogue: it holds notices whose files have left, which nothing makes again, and backups may lie beside it.
clean: ## 删除可以重新生成的文件（不动 data/raw、data/decisions、数据库和备份）
	rm -rf data/structured/logs data/structured/receipts build *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -not -path './$(VENV)/*' -prune -exec rm -rf {} +
