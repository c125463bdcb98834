"""What only the office holds: contracts for the tables that forces and providers supply."""
