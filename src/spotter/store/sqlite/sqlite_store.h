// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "spotter/store/store.h"

namespace spotter::store {

// Opens the SQLite file, makes it when there is none, and brings its tables up to date. Other processes may have it
// open too. Errors name the file: no folder, no right, damaged, of another program, of a newer Spotter.
Result<std::unique_ptr<Store>> OpenSqliteStore(const StoreOptions& options);

}  // namespace spotter::store
