"""What people say to each other about a question: families, locations and the desk."""
