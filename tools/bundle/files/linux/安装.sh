#!/bin/sh
# 找到本机的 Python，检查能不能运行，建立桌面图标。不用管理员权限，不联网。
here=$(cd "$(dirname "$0")" && pwd)
python=$("$here/启动.sh" --which) || exit 1
"$here/启动.sh" doctor
icons="${XDG_DATA_HOME:-$HOME/.local/share}/applications"
mkdir -p "$icons"
cat > "$icons/kaohe.desktop" <<END
[Desktop Entry]
Type=Application
Name=考核目录
Exec="$here/启动.sh"
Terminal=true
Categories=Office;
END
echo "用的是 $python。装好了：在菜单里点“考核目录”，或运行 $here/启动.sh。文件夹移动后请再运行一次本程序。"
