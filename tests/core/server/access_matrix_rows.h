// Who may what, row by row: what every method of the contract answers to everybody who could ask.
// Which scopes a key needs, and whether an account may be named, is not here: that follows from the
// option `callers`.
#pragma once

#include <array>
#include <initializer_list>
#include <span>
#include <string_view>

namespace kalends::test {

// How the caller stands to what a row asks for: things of the specialist Carla, who also works for
// the organization Studio, and of her customer Ada.
enum class Relation {
  // No account is named: by kalends-telegram, by kalends-web, by an internal tool.
  kAdapter,
  kWeb,
  kTool,
  // The account named does not exist.
  kUnknown,
  kStranger,       // Customer of nobody.
  kCustomer,       // Ada.
  kOtherCustomer,  // Of Carla, too; asks for Ada's things.
  kRemoved,        // Took Carla off the list; asks for their own things.
  kBlocked,        // Whom Carla blocked; asks for their own things.
  kProvider,       // Carla.
  kOrganization,   // Studio, for which Carla works; asks for what is hers alone.
  kStaff,          // Carla asks for things of Studio and its customer Ada that she keeps.
  kColleague,      // Of Studio, too; asks for the same.
  kOtherProvider,  // A specialist who has nothing to do with them.
};
inline constexpr std::size_t kRelations = static_cast<std::size_t>(Relation::kOtherProvider) + 1;
std::string_view NameOf(Relation relation);

// The reason that each gets; empty: success.
class Refusals {
 public:
  static constexpr Refusals All(std::string_view reason) {
    Refusals all;
    all.reasons_.fill(reason);
    return all;
  }
  constexpr Refusals But(std::initializer_list<Relation> who, std::string_view reason) const {
    Refusals changed = *this;
    for (const Relation one : who) changed.reasons_[static_cast<std::size_t>(one)] = reason;
    return changed;
  }
  constexpr Refusals Let(std::initializer_list<Relation> who) const { return But(who, ""); }
  constexpr std::string_view Of(Relation relation) const {
    return reasons_[static_cast<std::size_t>(relation)];
  }

 private:
  std::array<std::string_view, kRelations> reasons_;
};

struct AccessRow {
  std::string_view method;  // "CatalogService.GetService".
  Refusals refusals;
  // In protobuf's text format, the messages of a stream separated by '|'. ${...} stands for what
  // AccessWorld has.
  std::string_view request;
};
// At least one for each method; several where it depends on what is asked for.
std::span<const AccessRow> AccessRows();

}  // namespace kalends::test
