"""The parts of the window; each watches a model from `app.state` and never another widget."""
