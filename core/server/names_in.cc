#include "core/server/names_in.h"

#include <google/protobuf/descriptor.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kalends::server {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

template <typename SomeId>
void InsertId(std::set<SomeId>& ids, std::string_view text) {
  if (const auto id = SomeId::Parse(text)) ids.insert(*id);
}

// "providers/{provider}/links/{account}/..." says two.
void AddNamed(std::string_view name, storage::NamedInAnswer& named) {
  while (true) {
    const std::size_t slash = name.find('/');
    if (slash == std::string_view::npos) return;
    const std::string_view collection = name.substr(0, slash);
    name.remove_prefix(slash + 1);
    const std::string_view id = name.substr(0, name.find('/'));
    if (collection == "accounts" || collection == "links") InsertId(named.accounts, id);
    if (collection == "providers") InsertId(named.providers, id);
    if (collection == "appointments") InsertId(named.appointments, id);
    if (collection == "tickets") InsertId(named.tickets, id);
    name.remove_prefix(id.size());
    if (!name.empty()) name.remove_prefix(1);
  }
}

void AddNamesOf(const Message& message, storage::NamedInAnswer& named) {
  const auto* reflection = message.GetReflection();
  std::vector<const FieldDescriptor*> fields;
  reflection->ListFields(message, &fields);
  storage::NamedInAnswer own;
  for (const FieldDescriptor* field : fields) {
    const int size = field->is_repeated() ? reflection->FieldSize(message, field) : 1;
    for (int i = 0; i < size; ++i) {
      std::string scratch;
      if (field->cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
        AddNamed(field->is_repeated()
                     ? reflection->GetRepeatedStringReference(message, field, i, &scratch)
                     : reflection->GetStringReference(message, field, &scratch),
                 own);
      } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
        AddNamesOf(field->is_repeated() ? reflection->GetRepeatedMessage(message, field, i)
                                        : reflection->GetMessage(message, field),
                   named);
      }
    }
  }
  if (!own.accounts.empty()) own.appointments.clear();
  named.accounts.merge(own.accounts);
  named.providers.merge(own.providers);
  named.appointments.merge(own.appointments);
  named.tickets.merge(own.tickets);
}

}  // namespace

storage::NamedInAnswer NamesIn(const Message& message) {
  storage::NamedInAnswer named;
  AddNamesOf(message, named);
  return named;
}

}  // namespace kalends::server
