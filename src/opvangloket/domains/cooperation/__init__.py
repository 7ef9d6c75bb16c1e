"""What desk and organisers agree on as partners: the cooperation agreement, its versions and its signatures."""
