"""`python -m integrationlint`."""

from integrationlint.cli.main import main

if __name__ == "__main__":
    main()
