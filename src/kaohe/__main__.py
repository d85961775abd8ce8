"""``python -m kaohe``."""

from kaohe.pipeline.__main__ import main

if __name__ == '__main__':
    main()
