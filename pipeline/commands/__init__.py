"""The verbs of ``kaohe``, one module each, in rooms by what a verb is for."""
