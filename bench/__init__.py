"""How fast ``kaohe`` is, side by side with what people would use instead: ``make bench`` measures and writes ``docs/performance.md``."""
