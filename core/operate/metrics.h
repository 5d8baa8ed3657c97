// Numbers that a process shows of itself, each where its subject is:
//
//   operate::Counter eaten("bakery_cakes_eaten_total", "Cakes that were eaten.");
//   ...
//   eaten.Add();
//
// Counting costs one or two atomic additions and no lock, however many threads do it. Each number
// registers itself while it lives, and all are read when /metrics is asked for. Names follow the
// rules of Prometheus: kalends_<subject>_<what>_<unit>, seconds and bytes, _total for what only
// grows. Each has a row in core/OPERATING.md. Labels have values that we wrote: methods and reasons
// of the contract, never anything that came from outside.
#pragma once

#include <prometheus/collectable.h>
#include <prometheus/metric_family.h>

#include <atomic>
#include <cstdint>
#include <deque>
#include <functional>
#include <initializer_list>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace kalends::operate {

// One with more sets of labels than this counts the others under "other": a slip of ours shall not
// fill the memory.
inline constexpr std::size_t kSeriesMax = 10'000;

// What is registered while it lives. Two of one name are shown as one family: those of two servers
// of one process, say.
class Metric {
 public:
  Metric(std::string name, std::string help, prometheus::MetricType type);
  virtual ~Metric() = default;
  Metric(const Metric&) = delete;
  Metric& operator=(const Metric&) = delete;

  const std::string& name() const { return name_; }
  const std::string& help() const { return help_; }
  prometheus::MetricType type() const { return type_; }
  // Adds what there is to show to `family`. Any thread may call it.
  virtual void Collect(prometheus::MetricFamily& family) const = 0;

 protected:
  // The last that a constructor does and the first that a destructor does: only what is whole is
  // read.
  void Register();
  void Unregister();

 private:
  const std::string name_;
  const std::string help_;
  const prometheus::MetricType type_;
};

// A number by itself or one of a family. All are thread-safe.
class Count {
 public:
  static constexpr prometheus::MetricType kType = prometheus::MetricType::Counter;
  void Add(std::int64_t more = 1) { value_.fetch_add(more, std::memory_order_relaxed); }
  std::int64_t value() const { return value_.load(std::memory_order_relaxed); }
  bool IsSeen() const { return value() != 0; }
  void Show(prometheus::ClientMetric& metric) const;

 private:
  std::atomic<std::int64_t> value_ = 0;
};

class Level {
 public:
  static constexpr prometheus::MetricType kType = prometheus::MetricType::Gauge;
  void Set(double value) { value_.store(value, std::memory_order_relaxed); }
  void Add(double more) { value_.fetch_add(more, std::memory_order_relaxed); }
  double value() const { return value_.load(std::memory_order_relaxed); }
  bool IsSeen() const { return true; }
  void Show(prometheus::ClientMetric& metric) const;

 private:
  std::atomic<double> value_ = 0;
};

// How values spread over buckets.
class Spread {
 public:
  static constexpr prometheus::MetricType kType = prometheus::MetricType::Histogram;
  // The upper bounds of the buckets, rising; a last one without a bound is added.
  using Bounds = std::vector<double>;
  explicit Spread(Bounds bounds);
  void Observe(double value);
  std::uint64_t count() const;
  bool IsSeen() const { return count() != 0; }
  void Show(prometheus::ClientMetric& metric) const;

 private:
  const Bounds bounds_;
  std::vector<std::atomic<std::uint64_t>> counts_;
  std::atomic<double> sum_ = 0;
};

// From a tenth of a millisecond to half a minute, for calls and commits, in seconds.
Spread::Bounds Latencies();
// 1, 2, 4 ... up to `last`.
Spread::Bounds PowersOfTwo(int last);

// One number.
template <typename Number>
class Alone final : public Metric, public Number {
 public:
  template <typename... Made>
  Alone(std::string name, std::string help, Made... made)
      : Metric(std::move(name), std::move(help), Number::kType), Number(std::move(made)...) {
    Register();
  }
  ~Alone() override { Unregister(); }
  void Collect(prometheus::MetricFamily& family) const override {
    Number::Show(family.metric.emplace_back());
  }
};
using Counter = Alone<Count>;
using Gauge = Alone<Level>;
using Histogram = Alone<Spread>;

// What a family does with a number that has never counted. Shown, it begins at 0, and Prometheus
// sees the first event as an increase; left out, a grid of methods and codes is not mostly zeros.
enum class Unseen { kShown, kLeftOut };

// Numbers of one name, told apart by labels.
template <typename Number>
class Family final : public Metric {
 public:
  using Make = std::function<std::unique_ptr<Number>()>;
  Family(
      std::string name, std::string help, std::vector<std::string> labels,
      Unseen unseen = Unseen::kShown, Make make = [] { return std::make_unique<Number>(); })
      : Metric(std::move(name), std::move(help), Number::kType),
        labels_(std::move(labels)),
        unseen_(unseen),
        make_(std::move(make)) {
    Register();
  }
  ~Family() override { Unregister(); }

  // The number with these values of the labels, in their order; it lives as long as the family.
  // Takes a lock: whoever counts often keeps the reference.
  Number& With(std::vector<std::string> values);
  void Collect(prometheus::MetricFamily& family) const override;

 private:
  const std::vector<std::string> labels_;
  const Unseen unseen_;
  const Make make_;
  mutable std::mutex mutex_;
  std::map<std::vector<std::string>, std::unique_ptr<Number>> numbers_;
};

// What is looked at when it is asked for: how long a queue is, how large a file. `read` may be
// called from any thread until the destructor has returned; it may take locks, and a failure is
// NaN.
class Sampled final : public Metric {
 public:
  Sampled(std::string name, std::string help, std::function<double()> read,
          prometheus::MetricType type = prometheus::MetricType::Gauge)
      : Metric(std::move(name), std::move(help), type), read_(std::move(read)) {
    Register();
  }
  ~Sampled() override { Unregister(); }
  void Collect(prometheus::MetricFamily& family) const override;

 private:
  const std::function<double()> read_;
};

// What a subject samples together: they end before what they read does.
using SampledOnes = std::deque<Sampled>;

// All that are registered, by name.
class Metrics final : public prometheus::Collectable {
 public:
  std::vector<prometheus::MetricFamily> Collect() const override;
};

// The same as Prometheus reads it.
std::string MetricsText();

template <typename Number>
Number& Family<Number>::With(std::vector<std::string> values) {
  values.resize(labels_.size());
  const std::lock_guard lock(mutex_);
  if (numbers_.size() >= kSeriesMax && !numbers_.contains(values)) {
    values.assign(labels_.size(), "other");
  }
  auto& number = numbers_[values];
  if (!number) number = make_();
  return *number;
}

template <typename Number>
void Family<Number>::Collect(prometheus::MetricFamily& family) const {
  const std::lock_guard lock(mutex_);
  for (const auto& [values, number] : numbers_) {
    if (unseen_ == Unseen::kLeftOut && !number->IsSeen()) continue;
    prometheus::ClientMetric& metric = family.metric.emplace_back();
    for (std::size_t i = 0; i < labels_.size(); ++i) {
      metric.label.push_back({labels_[i], values[i]});
    }
    number->Show(metric);
  }
}

}  // namespace kalends::operate
