"""``python -m kaohe``."""

import os

try:
    from kaohe.pipeline.__main__ import main
except KeyboardInterrupt:  # while it is loaded
    os.write(2, '已中断。\n'.encode())
    os._exit(130)

if __name__ == '__main__':
    main()
