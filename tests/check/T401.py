import sys
names = [“a”，‘b’]
print（names， len（sys.argv）)
if names：
    print("这里，不变")  # 注释，不变
