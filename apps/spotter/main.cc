// SPDX-License-Identifier: Apache-2.0
#include "spotter/app/command.h"

int main(int argc, char** argv) { return spotter::app::Main(argc, argv); }
