# SPDX-License-Identifier: Apache-2.0
"""What scripts/bench measures, one table a file."""
