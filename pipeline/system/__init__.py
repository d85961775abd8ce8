"""What a run asks of the machine: locks, limits, memory, disks, whole files."""
