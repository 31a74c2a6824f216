// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "spotter/store/sqlite/connection.h"

namespace spotter::store {

// Brings the database to the newest layout, each step in a transaction of its own; nothing to do for a new one. Safe
// when several processes start at the same time. kInvalidArgument when the file belongs to another program or to a
// newer Spotter. `docs/formats/store.md` describes the tables.
Result<void> Migrate(Connection& connection);

}  // namespace spotter::store
