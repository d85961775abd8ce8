#!/bin/sh
# 不带参数：打开网页；带参数：同 kaohe 命令。
here=$(cd "$(dirname "$0")" && pwd)
python=
for lib in "$here"/lib3.*; do
  version=${lib##*/lib}
  for name in "python$version" python3 python; do
    found=$(command -v "$name" 2>/dev/null) || continue
    is=$("$found" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null)
    [ "$is" = "$version" ] && python=$found && packages=$lib
  done
done
if [ -z "$python" ]; then
  versions=$(cd "$here" && echo lib3.* | sed 's/lib//g')
  echo "没有找到能用的 Python（要 $versions 中的一种）。请联系管理员安装其中一种后再运行。" >&2
  exit 2
fi
[ "$1" = --which ] && echo "$python" && exit 0
cd "$here" || exit 2
PYTHONPATH=$packages PYTHONNOUSERSITE=1 PYTHONUTF8=1
export PYTHONPATH PYTHONNOUSERSITE PYTHONUTF8
[ $# -eq 0 ] && set -- desk
exec "$python" -m kaohe "$@"
