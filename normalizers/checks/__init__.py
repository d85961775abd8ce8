"""What looks wrong once a notice is read, by families; `kaohe.normalizers.all_checks` asks all of them."""
