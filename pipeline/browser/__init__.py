"""The catalogue in the browser, through Datasette."""
