# width: 34
# options: --lang zh
价格 = {"苹果": 3, "香蕉": 0}
def 平均(数量, 水果="香蕉"):
    return "平均价格：" + str(数量 / 价格[水果])
print("结果是：", 平均(10))
