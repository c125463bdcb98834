"""What readers write and the dashboard keeps: data/workspace, apart from the published data."""
