// SPDX-License-Identifier: Apache-2.0
#include "spotter/app/stored_clips.h"

#include <gtest/gtest.h>

#include "spotter/base/testing/temp_dir.h"
#include "spotter/store/sqlite/sqlite_store.h"

namespace spotter::app {
namespace {

TEST(StoredClips, AClipThatIsReadyBeforeItsEventIsToldOfAgain) {
  const TempDir folder;
  auto store = store::OpenSqliteStore({.path = folder / "events.db", .deliver = {}});
  ASSERT_TRUE(store.ok()) << store.error().message;
  StoredClips clips((*store)->events());
  ClipDone done;
  done.request.event_id = "a";
  done.clip_path = folder / "a.mp4";
  clips.OnClipDone(done);
  EventRecord record;
  record.event_id = "a";
  record.type = "machine_occupied_start";
  ASSERT_TRUE((*store)->events().Append({&record, 1}).ok());
  clips.Finish();
  EXPECT_EQ((*(*store)->events().Find("a"))->record.media.path, done.clip_path);
  EXPECT_EQ((*store)->retention().Clips()->size(), 1U);
}

}  // namespace
}  // namespace spotter::app
