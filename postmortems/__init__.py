"""The site: settings, addresses and whatever else another deployment would change."""
