"""The consultations of the desk with all its organisers: invitation, replies, who was there, the report."""
