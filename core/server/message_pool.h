// The messages of calls, whatever their types, on arenas that are used again: no allocation per
// field, none per call once warm.
#pragma once

#include <google/protobuf/arena.h>
#include <google/protobuf/message.h>

#include <memory>
#include <mutex>
#include <vector>

namespace kalends::server {

// Thread-safe. Keeps some arenas for the calls to come.
class MessagePool {
  static constexpr std::size_t kPooledMax = 128;
  static constexpr std::size_t kFirstBlockBytes = std::size_t{16} * 1024;

  struct Block {
    Block() : bytes(std::make_unique<char[]>(kFirstBlockBytes)), arena(Options(bytes.get())) {}
    static google::protobuf::ArenaOptions Options(char* block) {
      google::protobuf::ArenaOptions options;
      options.initial_block = block;
      options.initial_block_size = kFirstBlockBytes;
      return options;
    }

    std::unique_ptr<char[]> bytes;
    google::protobuf::Arena arena;
  };
  struct Free {
    std::mutex mutex;
    std::vector<std::unique_ptr<Block>> blocks;
  };
  // Messages may outlive the pool: whoever ends a call last does so on a thread of its own.
  struct GiveBack {
    std::shared_ptr<Free> free;
    void operator()(Block* block) const {
      std::unique_ptr<Block> returned(block);
      returned->arena.Reset();
      const std::lock_guard lock(free->mutex);
      if (free->blocks.size() < kPooledMax) free->blocks.push_back(std::move(returned));
    }
  };

 public:
  // A request and its response, both empty at first. Gives the arena back with its end.
  class Messages {
   public:
    google::protobuf::Message& request() const { return *request_; }
    google::protobuf::Message& response() const { return *response_; }

   private:
    friend class MessagePool;
    std::unique_ptr<Block, GiveBack> block_;
    google::protobuf::Message* request_ = nullptr;
    google::protobuf::Message* response_ = nullptr;
  };

  Messages Get(const google::protobuf::Message& request,
               const google::protobuf::Message& response) {
    Messages messages;
    messages.block_ = {Take(), GiveBack{free_}};
    messages.request_ = request.New(&messages.block_->arena);
    messages.response_ = response.New(&messages.block_->arena);
    return messages;
  }

 private:
  Block* Take() {
    {
      const std::lock_guard lock(free_->mutex);
      if (!free_->blocks.empty()) {
        Block* block = free_->blocks.back().release();
        free_->blocks.pop_back();
        return block;
      }
    }
    return new Block;
  }

  const std::shared_ptr<Free> free_ = std::make_shared<Free>();
};

}  // namespace kalends::server
