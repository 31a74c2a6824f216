# SPDX-License-Identifier: Apache-2.0
"""A poster with a text in a picture, and a reader for it: block letters of 5 x 7 dots. Standard library only; ffmpeg (Debian) decodes."""
import subprocess

DOT = 3  # pixels of the video, per dot
LEFT, TOP = 12, 12  # pixels, of the poster
COLUMNS, ROWS, ADVANCE, LINE = 5, 7, 6, 9  # dots
INK, PAPER = 20, 235  # grey levels
LETTERS = {
    "A": "01110 10001 10001 11111 10001 10001 10001", "C": "01110 10001 10000 10000 10000 10001 01110", "D": "11110 10001 10001 10001 10001 10001 11110",
    "E": "11111 10000 10000 11110 10000 10000 11111", "G": "01110 10001 10000 10111 10001 10001 01110", "I": "01110 00100 00100 00100 00100 00100 01110",
    "L": "10000 10000 10000 10000 10000 10000 11111", "N": "10001 11001 10101 10101 10011 10001 10001", "O": "01110 10001 10001 10001 10001 10001 01110",
    "R": "11110 10001 10001 11110 10100 10010 10001", "S": "01111 10000 10000 01110 00001 00001 11110", "T": "11111 00100 00100 00100 00100 00100 00100",
    "U": "10001 10001 10001 10001 10001 10001 01110", "Y": "10001 10001 01010 00100 00100 00100 00100", " ": "00000 00000 00000 00000 00000 00000 00000"}
DOTS = {letter: "".join(rows.split()) for letter, rows in LETTERS.items()}


def size_of(lines):
    """Width and height of the poster in pixels."""
    return (max(map(len, lines)) * ADVANCE + 1) * DOT, (len(lines) * LINE + 1) * DOT


def draw(lines, path):
    """Writes the poster as a PGM picture."""
    width, height = size_of(lines)
    pixels = bytearray([PAPER] * (width * height))
    for row, line in enumerate(lines):
        for column, letter in enumerate(line):
            for dot, is_ink in enumerate(DOTS[letter]):
                x0, y0 = (column * ADVANCE + 1 + dot % COLUMNS) * DOT, (row * LINE + 1 + dot // COLUMNS) * DOT
                for y in range(y0, y0 + DOT if is_ink == "1" else y0):
                    pixels[y * width + x0:y * width + x0 + DOT] = bytes([INK] * DOT)
    path.write_bytes(f"P5 {width} {height} 255\n".encode() + pixels)


def read(jpeg, video_width, line_count, length):
    """The text on the poster in a JPEG of the video, as whoever looks at the picture reads it: for each place the letter that looks most alike."""
    grey = subprocess.run(["ffmpeg", "-loglevel", "error", "-i", "-", "-vf", f"scale={video_width}:-2", "-f", "rawvideo", "-pix_fmt", "gray", "-"], input=jpeg,
                          capture_output=True, check=True).stdout

    def is_ink(column, row, dot):
        x = LEFT + (column * ADVANCE + 1 + dot % COLUMNS) * DOT + DOT // 2
        y = TOP + (row * LINE + 1 + dot // COLUMNS) * DOT + DOT // 2
        return grey[y * video_width + x] < (INK + PAPER) / 2

    def letter_at(column, row):
        seen = "".join("1" if is_ink(column, row, dot) else "0" for dot in range(COLUMNS * ROWS))
        return max(DOTS, key=lambda letter: sum(a == b for a, b in zip(DOTS[letter], seen)))

    return ["".join(letter_at(column, row) for column in range(length)).rstrip() for row in range(line_count)]
