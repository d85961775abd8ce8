"""The worksheet (自评表) that is filled in."""
