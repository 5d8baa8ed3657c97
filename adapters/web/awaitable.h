// Boost.Asio's coroutines, with what Debian 12's awaitable.hpp forgets to include before it.
#pragma once

// clang-format off
#include <utility>
#include <boost/asio/awaitable.hpp>
// clang-format on
