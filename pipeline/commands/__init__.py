"""The verbs of ``kaohe``, one module each."""
