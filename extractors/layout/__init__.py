"""From positioned characters and ruled lines to paragraphs and tables, for PDF, OFD and scans alike."""
