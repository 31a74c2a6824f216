// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "spotter/store/camera_repository.h"
#include "spotter/store/sqlite/connection.h"

namespace spotter::store {

class SqliteCameras : public CameraRepository {
 public:
  SqliteCameras(Connection& writer, Connection& reader) : writer_(writer), reader_(reader) {}

  Result<void> SawFrame(const CameraSeen& seen) override;
  Result<std::vector<CameraSeen>> LastFrames() override;

 private:
  Connection& writer_;
  Connection& reader_;
};

}  // namespace spotter::store
