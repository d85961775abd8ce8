"""The library: what `import kaohe` offers. See docs/library.md."""
