def 加（甲，乙）：
    return 甲＋乙
