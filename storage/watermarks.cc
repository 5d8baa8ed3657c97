#include "storage/watermarks.h"

#include "storage/values.h"

namespace kalends::storage {

Watermarks FindWatermarks(Transaction& tx) {
  return RowOf(tx, "SELECT ids_up_to, written_s FROM watermarks WHERE one = 1", {},
               // As it is: whoever starts with a clock that is behind it decides.
               [](const Row& row) {
                 return Watermarks{row.Int(0), core::FromUnixSeconds(row.Int(1))};
               })
      .value_or(Watermarks{});
}

void PutWatermarks(Transaction& tx, const Watermarks& watermarks) {
  tx.Execute("UPDATE watermarks SET ids_up_to = $1, written_s = $2 WHERE one = 1",
             {watermarks.ids_up_to, ToValue(watermarks.written)});
}

}  // namespace kalends::storage
