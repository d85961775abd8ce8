#!/bin/sh
# 找到本机的 Python，检查能不能运行，建立桌面图标。不用管理员权限，不联网。
here=$(cd "$(dirname "$0")" && pwd)
need=$(sed 's/[^0-9.]//g' "$here/glibc.txt")
have=$(getconf GNU_LIBC_VERSION 2>/dev/null | sed 's/[^0-9.]//g')
if [ "$(printf '%s\n' "$need" "$have" | sort -V | head -n 1)" != "$need" ]; then
  echo "这台电脑的系统太旧：要 glibc $need 以上，现在是 ${have:-别的种类}。请换一台系统新一些的电脑，或请管理员升级系统。" >&2
  exit 2
fi
python=$("$here/启动.sh" --which) || exit 1
"$here/启动.sh" doctor
icons="${XDG_DATA_HOME:-$HOME/.local/share}/applications"
mkdir -p "$icons"
# In such a file \, ", ` and $ are escaped, twice for a string within a string; % begins a code, and may not stand in the first word
program=$(printf '%s' "$here/启动.sh" | sed 's/\\/\\\\\\\\/g; s/["`$]/\\\\&/g; s/%/%%/g')
cat > "$icons/kaohe.desktop" <<END
[Desktop Entry]
Type=Application
Name=考核目录
Exec=/bin/sh "$program"
Terminal=true
Categories=Office;
END
printf '%s\n' "用的是 $python。装好了：在菜单里点“考核目录”，或运行 $here/启动.sh。文件夹移动后请再运行一次本程序。"
