#pragma once

#include "core/server/calls.h"
#include "kalends/v1/chat_service.grpc.pb.h"

namespace kalends::server {

class ChatServer final : public v1::ChatService::CallbackService {
 public:
  explicit ChatServer(Calls& calls) : calls_(calls) {}

  Calls::Reactor* SendMessage(Calls::Context* context, const v1::SendMessageRequest* request,
                              v1::Message* response) override;
  Calls::Reactor* ListMessages(Calls::Context* context, const v1::ListMessagesRequest* request,
                               v1::ListMessagesResponse* response) override;
  Calls::Reactor* MarkRead(Calls::Context* context, const v1::MarkReadRequest* request,
                           v1::Thread* response) override;
  Calls::Reactor* GetThread(Calls::Context* context, const v1::GetThreadRequest* request,
                            v1::Thread* response) override;
  Calls::Reactor* ListThreads(Calls::Context* context, const v1::ListThreadsRequest* request,
                              v1::ListThreadsResponse* response) override;

 private:
  Calls& calls_;
};

}  // namespace kalends::server
