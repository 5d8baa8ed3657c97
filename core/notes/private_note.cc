#include "core/notes/private_note.h"

#include "core/base/limits.h"
#include "core/base/text.h"

namespace kalends::core {

absl::Status CheckPrivateNote(std::string_view text) {
  return CheckText("private_note.text", text, 0, kPrivateNoteCharsMax, Lines::kMany);
}

}  // namespace kalends::core
