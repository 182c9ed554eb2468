"""The only place with SQL: tables, migrations, one store per noun."""
