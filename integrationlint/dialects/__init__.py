"""Languages that documents and users write in, evaluated under limits: ECMAScript patterns, JSONPath, JSON Schema."""
