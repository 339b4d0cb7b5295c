// Numbers of PyTorch 1.13.0 in double: made by tests/oracles/14_averages.py, not edited by hand.
// clang-format off
#pragma once

#include "oracle.hpp"

namespace tt_test::oracle {

inline const std::vector<double> share_right = {
    0.375};

inline const std::vector<double> share_right_of_counted = {
    0.4};

inline const std::vector<double> perplexity_of = {
    1.0953458237991818, 2.9902165926702957};

inline Golden clipped_0() {
  return {"clipped_0", tt_test::Values{{
      2.1848128820076202},
      {}},
    {tt_test::Values{{
      0.19257269274458078, 0.20809493987426755, 0.03229565896253652, -0.17319610186028847,
      -0.21945216536751067, -0.06394492009135616},
      {2, 3}},
    tt_test::Values{{
      -0.0600451269246864, 0.15338358598021692, 0.22579213729955697, 0.0906084388794755},
      {4}}}};
}

inline Golden clipped_100() {
  return {"clipped_100", tt_test::Values{{
      2.1848128820076202},
      {}},
    {tt_test::Values{{
      0.8414709848078965, 0.9092974268256817, 0.1411200080598672, -0.7568024953079282,
      -0.9589242746631385, -0.27941549819892586},
      {2, 3}},
    tt_test::Values{{
      -0.26237485370392877, 0.6702291758433747, 0.9866275920404853, 0.39592515018183416},
      {4}}}};
}

inline const std::vector<double> stepped = {
    0.3, 0.3, 0.03, 0.03, 0.003, 0.003, 0.00030000000000000003, 0.00030000000000000003,
    3.0000000000000004e-05};

inline const std::vector<double> warmed = {
    0.06, 0.12, 0.18, 0.24, 0.3, 0.3, 0.3, 0.3};

inline const std::vector<double> along_a_cosine = {
    0.3, 0.2856404858458507, 0.24540602126951633, 0.18726553542366556, 0.1227344645763344,
    0.06459397873048363, 0.024359514154149234, 0.01};

}  // namespace tt_test::oracle
// clang-format on
