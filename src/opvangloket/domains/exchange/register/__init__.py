"""The list of the official register: read, compared with what stands here, approved."""
