"""Films and guides of a flow: recorded once as it ran, drawn afterwards as often as one likes."""
