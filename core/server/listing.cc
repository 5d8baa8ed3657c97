#include "core/server/listing.h"

#include "core/server/decode.h"

namespace kalends::server {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

std::optional<PageFields> PageFields::Find(const Descriptor& request, const Descriptor& response,
                                           const Descriptor& item) {
  PageFields fields;
  fields.page_size = request.FindFieldByName("page_size");
  fields.page_token = request.FindFieldByName("page_token");
  fields.next_page_token = response.FindFieldByName("next_page_token");
  for (int i = 0; i < response.field_count(); ++i) {
    const FieldDescriptor* field = response.field(i);
    if (field->is_repeated() && field->message_type() == &item) fields.items = field;
  }
  if (fields.page_size == nullptr || fields.page_token == nullptr || fields.items == nullptr ||
      fields.next_page_token == nullptr) {
    return std::nullopt;
  }
  return fields;
}

absl::StatusOr<PageRequest> DecodePage(const app::ReadContext& cx, const PageFields& fields,
                                       const google::protobuf::Message& request) {
  const google::protobuf::Reflection& reflection = *request.GetReflection();
  PageRequest page;
  ASSIGN_OR_RETURN(page.limit, DecodePageSize(reflection.GetInt32(request, fields.page_size)));
  page.token = reflection.GetString(request, fields.page_token);
  const std::unique_ptr<google::protobuf::Message> asked(request.New());
  asked->CopyFrom(request);
  reflection.ClearField(asked.get(), fields.page_size);
  reflection.ClearField(asked.get(), fields.page_token);
  page.list = request.GetDescriptor()->full_name() + '\n' + asked->SerializeAsString();
  if (cx.caller.account) page.list += '\n' + cx.caller.account->ToString();
  return page;
}

}  // namespace kalends::server
