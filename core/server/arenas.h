// Messages of a method on arenas that are used again: no allocation per slot, none per call once
// warm.
#pragma once

#include <google/protobuf/arena.h>
#include <grpcpp/support/message_allocator.h>

#include <memory>
#include <mutex>
#include <vector>

namespace kalends::server {

// Thread-safe. Keeps up to kPooledMax arenas for the calls to come.
template <typename Request, typename Response>
class PooledArenas final : public grpc::MessageAllocator<Request, Response> {
 public:
  grpc::MessageHolder<Request, Response>* AllocateMessages() override {
    std::unique_ptr<Holder> holder;
    {
      const std::lock_guard lock(mutex_);
      if (!free_.empty()) {
        holder = std::move(free_.back());
        free_.pop_back();
      }
    }
    if (!holder) holder = std::make_unique<Holder>(*this);
    holder->Prepare();
    return holder.release();
  }

 private:
  static constexpr std::size_t kPooledMax = 128;
  static constexpr std::size_t kFirstBlockBytes = 16 * 1024;

  class Holder final : public grpc::MessageHolder<Request, Response> {
   public:
    explicit Holder(PooledArenas& owner)
        : owner_(owner),
          block_(std::make_unique<char[]>(kFirstBlockBytes)),
          arena_(Options(block_.get())) {}

    void Prepare() {
      this->set_request(google::protobuf::Arena::CreateMessage<Request>(&arena_));
      this->set_response(google::protobuf::Arena::CreateMessage<Response>(&arena_));
    }
    void Release() override {
      arena_.Reset();
      owner_.Return(std::unique_ptr<Holder>(this));
    }

   private:
    static google::protobuf::ArenaOptions Options(char* block) {
      google::protobuf::ArenaOptions options;
      options.initial_block = block;
      options.initial_block_size = kFirstBlockBytes;
      return options;
    }

    PooledArenas& owner_;
    std::unique_ptr<char[]> block_;
    google::protobuf::Arena arena_;
  };

  void Return(std::unique_ptr<Holder> holder) {
    const std::lock_guard lock(mutex_);
    if (free_.size() < kPooledMax) free_.push_back(std::move(holder));
  }

  std::mutex mutex_;
  std::vector<std::unique_ptr<Holder>> free_;
};

}  // namespace kalends::server
